import fc from "fast-check";

/*
 * Property tests draw the same examples at every run, so that a pull request fails for what it
 * changed; `FC_SEED=<number>` draws others.
 */
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 20_261_127) });
