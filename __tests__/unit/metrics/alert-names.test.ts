import { ALERT_NAMES, runbookOfAlert } from "../../../lib/metrics/alert-names";

it("have pages of their own, named after them", () => {
  expect(runbookOfAlert("RoutedBgpSessionsDown")).toBe("alert-bgp-sessions-down.md");
  expect(new Set(ALERT_NAMES.map(runbookOfAlert)).size).toBe(ALERT_NAMES.length);
});
