/**
 * The one class of ccxt that we use, by its file: the package's entry point loads every exchange (100 MB, 0.3 s) and
 * its exports map offers no deep path. The file is not ccxt's public interface, so its version is pinned and a test
 * asserts the class and the version.
 */
export { default as Binanceusdm } from '../../../../node_modules/ccxt/js/src/binanceusdm.js';
