/** How a legacy row becomes a record of the target: field rules, conversions, ids, metadata. */
@NullMarked
package dev.threadsmigration.mapping;

import org.jspecify.annotations.NullMarked;
