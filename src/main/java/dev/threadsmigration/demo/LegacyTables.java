package dev.threadsmigration.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The legacy database, in the shape of the preset {@code legacy-v1}. */
final class LegacyTables {

    /** Becomes {@code LEGACY_THREADS} when all is there. */
    static final String THREADS_BEING_BUILT = "LEGACY_THREADS_BEING_BUILT";

    private static final String CREATE_THREADS = """
            create table legacy_threads_being_built (
                id varchar(64) not null,
                legacy_id bigint,
                subject varchar(2000),
                owner_id varchar(64),
                company_id varchar(64),
                division_code varchar(1000),
                custom_fields varchar(1000000),
                created_date timestamp(6) with time zone,
                modified_date timestamp(6) with time zone)
            """;
    private static final String CREATE_USERS = """
            create table legacy_users (
                id varchar(64) not null,
                legacy_id bigint,
                full_name varchar(1000),
                email varchar(255),
                created_date timestamp(6) with time zone,
                modified_date timestamp(6) with time zone)
            """;
    private static final String CREATE_FEEDBACK = """
            create table legacy_feedback (
                id varchar(64) not null,
                legacy_id bigint,
                thread_id varchar(64),
                user_id varchar(64),
                type varchar(200),
                "VALUE" varchar,
                comment varchar,
                message_id varchar(1000),
                helpful varchar(20),
                rating varchar(20),
                created_date timestamp(6) with time zone,
                modified_date timestamp(6) with time zone)
            """;

    private final H2Tables tables;

    LegacyTables(Connection connection) {
        tables = new H2Tables(connection);
    }

    boolean areComplete() throws SQLException {
        return tables.names().contains("LEGACY_THREADS");
    }

    boolean areBeingBuilt() throws SQLException {
        return tables.names().contains(THREADS_BEING_BUILT);
    }

    void requireAbsent() throws SQLException {
        tables.requireAbsent("legacy", "LEGACY_USERS", "LEGACY_FEEDBACK");
    }

    /** Drops what an interrupted creation left, the mark of it last. */
    void drop() throws SQLException {
        tables.execute(
                "drop table if exists legacy_feedback",
                "drop table if exists legacy_users",
                "drop table if exists legacy_threads_being_built");
    }

    /** Creates empty tables, the mark of a creation under way first. */
    void create() throws SQLException {
        tables.execute(CREATE_THREADS, CREATE_USERS, CREATE_FEEDBACK);
        tables.writeToDisk();
    }

    /** Declares the demo complete. */
    void complete() throws SQLException {
        tables.execute("alter table legacy_threads_being_built rename to legacy_threads");
        tables.writeToDisk();
    }

    /** Adds the primary keys after the rows, which is faster than keeping them up to date row by row. */
    void insert(DemoContent content) throws SQLException {
        tables.insert("insert into legacy_users values (?, ?, ?, ?, ?, ?)", content.users(), LegacyTables::bind);
        tables.insert(
                "insert into legacy_threads_being_built values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                content.threads(),
                LegacyTables::bind);
        tables.insert(
                "insert into legacy_feedback values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                content.feedback(),
                LegacyTables::bind);
        tables.execute(
                "alter table legacy_users add primary key (id)",
                "alter table legacy_threads_being_built add primary key (id)",
                "alter table legacy_feedback add primary key (id)");
    }

    private static void bind(PreparedStatement statement, LegacyUser user) throws SQLException {
        statement.setString(1, user.id());
        statement.setLong(2, user.legacyId());
        statement.setString(3, user.fullName());
        statement.setString(4, user.email());
        statement.setObject(5, user.created());
        statement.setObject(6, user.modified());
    }

    private static void bind(PreparedStatement statement, LegacyThread thread) throws SQLException {
        statement.setString(1, thread.id());
        statement.setLong(2, thread.legacyId());
        statement.setString(3, thread.subject());
        statement.setString(4, thread.ownerId());
        statement.setString(5, thread.companyId());
        statement.setString(6, thread.divisionCode());
        statement.setString(7, thread.customFields());
        statement.setObject(8, thread.created());
        statement.setObject(9, thread.modified());
    }

    private static void bind(PreparedStatement statement, LegacyFeedback feedback) throws SQLException {
        statement.setString(1, feedback.id());
        statement.setLong(2, feedback.legacyId());
        statement.setString(3, feedback.threadId());
        statement.setString(4, feedback.userId());
        statement.setString(5, feedback.type());
        statement.setString(6, feedback.value());
        statement.setString(7, feedback.comment());
        statement.setString(8, feedback.messageId());
        statement.setString(9, feedback.helpful());
        statement.setString(10, feedback.rating());
        statement.setObject(11, feedback.created());
        statement.setObject(12, feedback.modified());
    }
}
