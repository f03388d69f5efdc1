import "./log.css";
