/** Dual-write: what the application writes into the new system reaches legacy, too. */
@NullMarked
package dev.threadsmigration.dualwrite;

import org.jspecify.annotations.NullMarked;
