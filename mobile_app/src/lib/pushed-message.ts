/** What the service worker posts to every open page when a push has arrived. */
export interface PushedMessage {
  type: "pushed";
  /** "alert" for a ward's alert, "tip" for an answer to a tip */
  kind: string;
  url: string;
}
