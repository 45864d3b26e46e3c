/** Following rows that were deleted in legacy after they were moved: finding them, deciding, removing their records. */
@NullMarked
package dev.threadsmigration.deletion;

import org.jspecify.annotations.NullMarked;
