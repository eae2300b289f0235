/**
 * Whether S3 must be addressed path-style: a custom endpoint has no name per bucket. The only
 * place of the product that looks at the variable; SDK and provider honour it by themselves.
 */
export function usesPathStyle(): boolean {
  return (process.env["AWS_ENDPOINT_URL"] ?? "") !== "";
}
