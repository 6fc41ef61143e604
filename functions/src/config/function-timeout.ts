/** Every deployed function is ended by the platform after this long: what it had claimed is then nobody's until its lease ends. */
export const FUNCTION_TIMEOUT_SECONDS = 120;
