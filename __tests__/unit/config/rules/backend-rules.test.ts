import { complaintsAbout } from "../../../fixtures/config/config-folder";

const about = (bucket: string): string[] => complaintsAbout({ backend: { type: "s3", bucket } });

describe("backend.bucket", () => {
  it.each(["example-terraform-state", "a.b-c", "1.2.3", "xn-state", "state-s3", "my-sthree-x"])(
    "may be %s",
    (bucket) => {
      expect(about(bucket)).toEqual([]);
    },
  );

  it.each([
    ["xn--state", "begins with xn--"],
    ["sthree-state", "begins with sthree-"],
    ["sthree-configurator", "begins with sthree-"],
    ["amzn-s3-demo-state", "begins with amzn-s3-demo-"],
    ["state-s3alias", "ends with -s3alias"],
    ["state--ol-s3", "ends with --ol-s3"],
    ["state.mrap", "ends with .mrap"],
    ["state--use2-az1--x-s3", "ends with --x-s3"],
    ["state--table-s3", "ends with --table-s3"],
    ["my..state", "has in it .."],
    ["192.168.5.4", "is the IP address 192.168.5.4"],
  ])("may not be %s", (bucket, why) => {
    expect(about(bucket)).toEqual([
      `backend.bucket must be a general purpose bucket that S3 lets one have, got "${bucket}", which ${why}; name the bucket that holds the state`,
    ]);
  });
});

describe("regions", () => {
  const of = (region: string): string[] =>
    complaintsAbout({
      "aws.region": region,
      "aws.availabilityZones": [`${region}a`, `${region}b`],
      backend: { type: "s3", bucket: "state", region },
    });

  it.each(["us-east-2", "ap-southeast-7", "eu-central-1", "us-gov-west-1", "cn-northwest-1"])(
    "may be %s",
    (region) => {
      expect(of(region)).toEqual([]);
    },
  );

  it.each(["us-esat-2", "xx-east-1", "us-east-0", "us-east-22", "us-east-north-1", "us-gov-1"])(
    "may not be %s",
    (region) => {
      expect(of(region).map((complaint) => complaint.split(" ")[0])).toEqual([
        "aws.region",
        "aws.availabilityZones[0]",
        "aws.availabilityZones[1]",
        "backend.region",
      ]);
    },
  );
});
