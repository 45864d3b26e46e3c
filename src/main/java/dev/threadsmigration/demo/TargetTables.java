package dev.threadsmigration.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The target database, in the layout {@code snake-case} with the indexes that its documentation has. */
final class TargetTables {

    private static final String CREATE_USERS = """
            create table users (
                id uuid primary key,
                name varchar(255) not null,
                created_at timestamp(6) default current_timestamp not null,
                updated_at timestamp(6) default current_timestamp not null)
            """;
    private static final String CREATE_THREADS = """
            create table threads (
                id uuid primary key,
                title varchar(255),
                user_id uuid not null,
                organization_id uuid,
                tenant_id varchar(255),
                metadata json,
                created_at timestamp(6) default current_timestamp not null,
                updated_at timestamp(6) default current_timestamp not null)
            """;
    private static final String CREATE_FEEDBACK = """
            create table feedback (
                id uuid primary key,
                thread_id uuid not null references threads (id) on delete cascade,
                user_id uuid not null references users (id) on delete cascade,
                type varchar(50) not null,
                "VALUE" varchar,
                comment varchar,
                message_id varchar(255),
                helpful boolean,
                rating integer,
                created_at timestamp(6) default current_timestamp not null,
                updated_at timestamp(6) default current_timestamp not null)
            """;

    private final H2Tables tables;

    TargetTables(Connection connection) {
        tables = new H2Tables(connection);
    }

    void requireAbsent() throws SQLException {
        tables.requireAbsent("target", "USERS", "THREADS", "FEEDBACK");
    }

    void drop() throws SQLException {
        tables.execute("drop table if exists feedback", "drop table if exists threads", "drop table if exists users");
    }

    /** The foreign key of threads comes after its index, or H2 would make a second one. */
    void create() throws SQLException {
        tables.execute(
                CREATE_USERS,
                CREATE_THREADS,
                "create index threads_user_id_idx on threads (user_id)",
                "create index threads_organization_id_idx on threads (organization_id)",
                "create index threads_tenant_id_idx on threads (tenant_id)",
                "create index threads_created_at_idx on threads (created_at desc)",
                "alter table threads add foreign key (user_id) references users (id) on delete cascade",
                CREATE_FEEDBACK);
    }

    void writeToDisk() throws SQLException {
        tables.writeToDisk();
    }

    void insert(TargetContent content) throws SQLException {
        tables.insert("insert into users values (?, ?, ?, ?)", content.users(), TargetTables::bind);
        tables.insert(
                "insert into threads values (?, ?, ?, ?, ?, ? format json, ?, ?)",
                content.threads(),
                TargetTables::bind);
        tables.insert("""
                insert into feedback (id, thread_id, user_id, type, comment, rating, created_at, updated_at)
                values (?, ?, ?, 'rating', ?, ?, ?, ?)
                """, content.feedback(), TargetTables::bind);
    }

    private static void bind(PreparedStatement statement, TargetContent.User user) throws SQLException {
        statement.setObject(1, user.id());
        statement.setString(2, user.name());
        statement.setObject(3, user.created());
        statement.setObject(4, user.updated());
    }

    private static void bind(PreparedStatement statement, TargetContent.Thread thread) throws SQLException {
        statement.setObject(1, thread.id());
        statement.setString(2, thread.title());
        statement.setObject(3, thread.userId());
        statement.setObject(4, thread.organizationId());
        statement.setString(5, thread.tenantId());
        statement.setString(6, thread.metadata());
        statement.setObject(7, thread.created());
        statement.setObject(8, thread.updated());
    }

    private static void bind(PreparedStatement statement, TargetContent.Feedback feedback) throws SQLException {
        statement.setObject(1, feedback.id());
        statement.setObject(2, feedback.threadId());
        statement.setObject(3, feedback.userId());
        statement.setString(4, feedback.comment());
        statement.setInt(5, feedback.rating());
        statement.setObject(6, feedback.created());
        statement.setObject(7, feedback.created());
    }
}
