/** The legacy database: its tables as the mapping names them, read page by page in key order. */
@NullMarked
package dev.threadsmigration.legacy;

import org.jspecify.annotations.NullMarked;
