/** Looks at a legacy database and drafts the job file that fits it. */
@NullMarked
package dev.threadsmigration.init;

import org.jspecify.annotations.NullMarked;
