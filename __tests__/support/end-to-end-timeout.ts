// A test is some deploys of half a minute each; each subprocess has a shorter limit of its own.
jest.setTimeout(900_000);
