package dev.threadsmigration.model;

/** A field of the target, or {@link #OLD_ID}, which is stored inside the metadata. */
public enum Field {
    ID("id", Kind.ID),
    OLD_ID("oldId", Kind.TEXT),
    NAME("name", Kind.TEXT),
    TITLE("title", Kind.TEXT),
    USER_ID("userId", Kind.ID),
    THREAD_ID("threadId", Kind.ID),
    ORGANIZATION_ID("organizationId", Kind.ID),
    TENANT_ID("tenantId", Kind.TEXT),
    METADATA("metadata", Kind.METADATA),
    TYPE("type", Kind.TEXT),
    VALUE("value", Kind.TEXT),
    COMMENT("comment", Kind.TEXT),
    MESSAGE_ID("messageId", Kind.TEXT),
    HELPFUL("helpful", Kind.BOOLEAN),
    RATING("rating", Kind.INTEGER),
    CREATED_AT("createdAt", Kind.INSTANT),
    UPDATED_AT("updatedAt", Kind.INSTANT);

    /** What a field's value is, and so which Java type carries it. */
    public enum Kind {
        /** {@link java.util.UUID} */
        ID,
        /** {@link String} */
        TEXT,
        /** {@link java.time.Instant}, to the microsecond */
        INSTANT,
        /** {@link Metadata} */
        METADATA,
        /** {@link Boolean} */
        BOOLEAN,
        /** {@link Integer} */
        INTEGER
    }

    private final String label;
    private final Kind kind;

    Field(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /** The field's word in job files, reports and messages, in camel case as the target's API has it. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return label;
    }
}
