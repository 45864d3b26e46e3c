package dev.threadsmigration.mapping;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.model.AdoptedIds;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The new id of a legacy one: a UUID stays as it is; anything else becomes a UUIDv5 (RFC 9562, 5.5) in the migration's
 * namespace, of its kind and the legacy id. It is the same on every run and on every machine, so no look-up is needed to
 * know where a record went; the few that legacy rows adopted are known.
 */
public final class IdMapping {

    /** The namespace of all migrations' namespaces; a constant of this tool, made once at random. */
    private static final UUID ROOT = UUID.fromString("5d8f4f5c-0c7e-4c43-9a53-0f6b6f0d3a11");

    private static final String ORGANIZATIONS = "organizations";

    static final int UUID_LENGTH = 36;

    /** The version of the UUIDs that are made of other ids. */
    public static final int MADE = 5;

    /** From here on a double stands for more than one whole number. */
    private static final double EXACT = 1L << 53;

    private final NameBasedGenerator generator;
    private final AdoptedIds adopted;

    public IdMapping(IdRules rules) {
        generator = Generators.nameBasedGenerator(rules.namespace());
        adopted = rules.adopted();
    }

    /** The namespace of a migration that begins: the job file's, or else one made of its name. */
    public static UUID namespaceOf(MigrationProperties migration) {
        return migration.idNamespace() == null ? namespaceOf(migration.name()) : migration.idNamespace();
    }

    static UUID namespaceOf(String name) {
        return Generators.nameBasedGenerator(ROOT).generate(name);
    }

    /**
     * The new id behind a field of a record: the legacy one where that is a UUID, or else the one that it adopted, or else one
     * made of it.
     *
     * @param entity the record's
     * @param legacyId as the legacy database gave it
     */
    UUID idOf(Entity entity, Field field, Object legacyId) {
        if (legacyId instanceof UUID uuid) {
            return uuid;
        }
        String text = text(legacyId);
        if (isUuid(text)) {
            return UUID.fromString(text);
        }
        Entity named = named(entity, field);
        UUID known = named == null ? null : adopted.of(named, text);
        return known == null ? generator.generate((named == null ? ORGANIZATIONS : named.label()) + ":" + text) : known;
    }

    private static String text(Object legacyId) {
        if (legacyId instanceof Double number && number == Math.rint(number) && Math.abs(number) < EXACT) {
            // Of a column of doubles that refers to one of whole numbers.
            return String.valueOf(number.longValue());
        }
        return legacyId instanceof BigDecimal number ? number.toPlainString() : legacyId.toString();
    }

    /** The entity whose ids this field of an entity holds; null for organizations. */
    private static @Nullable Entity named(Entity entity, Field field) {
        return switch (field) {
            case ID -> entity;
            case USER_ID -> Entity.USERS;
            case THREAD_ID -> Entity.THREADS;
            case ORGANIZATION_ID -> null;
            default -> throw new IllegalArgumentException(field + " is not an id");
        };
    }

    /** Whether the text is a UUID in the form with four hyphens; {@link UUID#fromString} takes much more than that. */
    static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
