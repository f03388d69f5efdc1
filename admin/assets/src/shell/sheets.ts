// The sheets that all rooms stand on, in their order. A room's own sheet comes after them (rooms.ts).
import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/500.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "./styles/tabler.scss";
import "../../../../web/design/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/marks.css";
import "./styles/lists.css";
import "./styles/pages.css";
import "./styles/signed-out.css";
import "./styles/narrow.css";
