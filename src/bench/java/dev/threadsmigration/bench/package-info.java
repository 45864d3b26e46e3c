/** Whole migrations beside other ways to move the same rows, one after the other on the same server. */
@NullMarked
package dev.threadsmigration.bench;

import org.jspecify.annotations.NullMarked;
