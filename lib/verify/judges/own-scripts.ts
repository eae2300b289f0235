/**
 * The digests (SHA-256) of what this product runs in its own containers, as the stacks have it: that a
 * container begins with a known word proves nothing of what it does. Who changes a script changes its
 * digest here, and says why no task is harmed by it; `npm test` names the container that differs.
 */
export const SCRIPTS = {
  plain: {
    /** Tells a task whose it is. */
    init: "95988581aec544a1e5b5eb5d983c32a416fdb9e8844069bc6b051b2d0562a5c8",
    /** Starts what follows in the task's environment. */
    start: "ccc362b6f947c44024d7070ddee13096131ac1f634949e650415a0cbef499f34",
    healthCheck: "416d534a2804cf0c74636da752d0f2f96922c35b9374a22863185ddce5351b8d",
  },
  /** The same with a core set for each task (routed.cpuIsolation). */
  cpuset: {
    init: "52db9ae2bbc5a74b3284c7e5e1134ad286177ebdfa8d1ea54add1565d8b12c05",
    start: "32094653dbe50a5340216a03764e9b58982b2263c830ea3d2334f4577123cde1",
    healthCheck: "1154305cbaefad76da11f3bb303e58abc4ac8f72967c06c8fc11ce50e9d80295",
  },
  /** Expands the router's configuration, and runs it. */
  router: "eee51baf5f6a5d2066cf4d1e1436ebacc2fc86f57f91a5207a7035cf18145974",
  /** What every router is configured with, before its nodes and PoPs. */
  routerConfig: "98f98faac0d4ddaac7d4ec7fd2e0e75e8faace696e48bde1221dbf5cf3a07f7c",
} as const;
