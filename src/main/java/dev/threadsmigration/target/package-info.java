/** The new schema: where its tables are, and how a chunk of records is written into them. */
@NullMarked
package dev.threadsmigration.target;

import org.jspecify.annotations.NullMarked;
