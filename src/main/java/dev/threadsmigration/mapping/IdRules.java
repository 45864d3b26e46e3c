package dev.threadsmigration.mapping;

import dev.threadsmigration.model.AdoptedIds;
import java.util.UUID;

/**
 * What new ids are made by.
 *
 * @param namespace of those that are made of legacy ids
 * @param adopted those that are not
 */
public record IdRules(UUID namespace, AdoptedIds adopted) {

    /** The rules of a migration that has adopted no ids. */
    public IdRules(UUID namespace) {
        this(namespace, AdoptedIds.NONE);
    }
}
