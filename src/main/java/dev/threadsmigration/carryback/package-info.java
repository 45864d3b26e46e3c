/** Carrying to legacy what the new system changed: for a rollback once, for dual-write again and again. */
@NullMarked
package dev.threadsmigration.carryback;

import org.jspecify.annotations.NullMarked;
