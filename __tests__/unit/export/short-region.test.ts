import { shortRegion } from "../../../lib/export/short-region";

it.each([
  ["us-east-1", "awsuse1"],
  ["us-east-2", "awsuse2"],
  ["eu-central-1", "awseuc1"],
  ["ap-southeast-2", "awsapse2"],
  ["ap-northeast-1", "awsapne1"],
  ["sa-east-1", "awssae1"],
  ["us-gov-west-1", "awsusgw1"],
  ["us-iso-east-1", "awsusisoe1"],
  ["us-isob-east-1", "awsusisobe1"],
])("writes %s as %s", (region, short) => {
  expect(shortRegion(region)).toBe(short);
});
