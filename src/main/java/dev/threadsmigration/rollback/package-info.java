/** Taking a migration back: what it would do, carrying changes to legacy, removing what is ours, and undoing that. */
@NullMarked
package dev.threadsmigration.rollback;

import org.jspecify.annotations.NullMarked;
