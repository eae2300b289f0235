/** jest's globalTeardown of the end-to-end tests. */
export default async function tearDown(): Promise<void> {
  await (globalThis as { stopBuilt?: () => Promise<void> }).stopBuilt?.();
}
