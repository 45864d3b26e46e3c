package dev.threadsmigration.model;

import static dev.threadsmigration.model.Field.COMMENT;
import static dev.threadsmigration.model.Field.CREATED_AT;
import static dev.threadsmigration.model.Field.HELPFUL;
import static dev.threadsmigration.model.Field.ID;
import static dev.threadsmigration.model.Field.MESSAGE_ID;
import static dev.threadsmigration.model.Field.METADATA;
import static dev.threadsmigration.model.Field.NAME;
import static dev.threadsmigration.model.Field.OLD_ID;
import static dev.threadsmigration.model.Field.ORGANIZATION_ID;
import static dev.threadsmigration.model.Field.RATING;
import static dev.threadsmigration.model.Field.TENANT_ID;
import static dev.threadsmigration.model.Field.THREAD_ID;
import static dev.threadsmigration.model.Field.TITLE;
import static dev.threadsmigration.model.Field.TYPE;
import static dev.threadsmigration.model.Field.UPDATED_AT;
import static dev.threadsmigration.model.Field.USER_ID;
import static dev.threadsmigration.model.Field.VALUE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What is moved, in the order in which it must be moved: an entity refers only to those before it. */
public enum Entity {
    USERS("user", List.of(ID, NAME, CREATED_AT, UPDATED_AT), Set.of(ID, NAME, CREATED_AT)),
    THREADS(
            "thread",
            List.of(ID, TITLE, USER_ID, ORGANIZATION_ID, TENANT_ID, METADATA, CREATED_AT, UPDATED_AT),
            Set.of(ID, USER_ID, CREATED_AT)),
    FEEDBACK(
            "feedback",
            List.of(ID, THREAD_ID, USER_ID, TYPE, VALUE, COMMENT, MESSAGE_ID, HELPFUL, RATING, CREATED_AT, UPDATED_AT),
            Set.of(ID, THREAD_ID, USER_ID, TYPE, CREATED_AT));

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String singular;
    private final List<Field> fields;
    private final Set<Field> required;
    private final int[] positions = new int[Field.values().length];

    Entity(String singular, List<Field> fields, Set<Field> required) {
        this.singular = singular;
        this.fields = fields;
        this.required = required;
        Arrays.setAll(positions, ordinal -> fields.indexOf(Field.values()[ordinal]));
    }

    /** The entity's word in job files, tables, reports and messages: {@code users}, {@code threads}, {@code feedback}. */
    public String label() {
        return label;
    }

    /** @param label the entity's word */
    public static Entity of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** One of them, for messages. */
    public String singular() {
        return singular;
    }

    /** The target's fields, in the order of {@link TargetRecord}'s values. */
    public List<Field> fields() {
        return fields;
    }

    /** The fields that a mapping may name: the target's, and for threads the number that their metadata keeps. */
    public List<Field> mappable() {
        return this == THREADS
                ? Stream.concat(fields.stream(), Stream.of(OLD_ID)).toList()
                : fields;
    }

    /** The field's place in {@link #fields()}; -1 where the entity has no such field. */
    public int position(Field field) {
        return positions[field.ordinal()];
    }

    /** Whether a record without this field is rejected. */
    public boolean requires(Field field) {
        return required.contains(field);
    }

    /** The entities whose records this one's refer to, in the order in which a missing one is reported. */
    public List<Entity> references() {
        return switch (this) {
            case USERS -> List.of();
            case THREADS -> List.of(USERS);
            case FEEDBACK -> List.of(THREADS, USERS);
        };
    }

    /** The field through which a record of this entity refers to one of {@code referenced}. */
    public Field referenceTo(Entity referenced) {
        return switch (referenced) {
            case USERS -> USER_ID;
            case THREADS -> THREAD_ID;
            case FEEDBACK -> throw new IllegalArgumentException("nothing refers to feedback");
        };
    }

    @Override
    public String toString() {
        return label();
    }
}
