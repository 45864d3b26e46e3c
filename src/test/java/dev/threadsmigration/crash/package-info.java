/** What survives a crash: migrations in processes of their own, killed, stopped, doubled and cut off from their servers. */
@NullMarked
package dev.threadsmigration.crash;

import org.jspecify.annotations.NullMarked;
