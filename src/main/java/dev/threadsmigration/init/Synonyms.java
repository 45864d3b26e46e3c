package dev.threadsmigration.init;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.List;
import java.util.Locale;

/** Words by which applications call what the target calls otherwise, the likeliest first. */
final class Synonyms {

    private Synonyms() {}

    static List<String> of(Entity entity) {
        return switch (entity) {
            case USERS -> List.of("users", "user", "accounts", "account", "members", "member", "people", "profiles");
            case THREADS ->
                List.of(
                        "threads",
                        "thread",
                        "conversations",
                        "conversation",
                        "chats",
                        "chat",
                        "topics",
                        "topic",
                        "discussions",
                        "discussion",
                        "tickets");
            case FEEDBACK ->
                List.of("feedback", "feedbacks", "ratings", "rating", "reviews", "review", "votes", "reactions");
        };
    }

    static List<String> of(Field field) {
        return switch (field) {
            case ID -> List.of("id", "uuid", "uid");
            case OLD_ID -> List.of();
            case NAME -> List.of("name", "fullname", "displayname", "username", "nickname", "login", "email");
            case TITLE -> List.of("title", "subject", "topic", "name", "heading", "label");
            case USER_ID ->
                List.of("userid", "ownerid", "authorid", "accountid", "memberid", "createdby", "creatorid", "user");
            case THREAD_ID -> List.of("threadid", "conversationid", "chatid", "topicid", "discussionid", "thread");
            case ORGANIZATION_ID -> List.of("organizationid", "orgid", "companyid", "workspaceid", "teamid");
            case TENANT_ID -> List.of("tenantid", "tenant", "divisioncode", "division");
            case METADATA ->
                List.of("metadata", "meta", "customfields", "extradata", "extra", "attributes", "properties", "data");
            case TYPE -> List.of("type", "kind", "category");
            case VALUE -> List.of("value", "answer");
            case COMMENT -> List.of("comment", "text", "body", "message", "note");
            case MESSAGE_ID -> List.of("messageid", "msgid");
            case HELPFUL -> List.of("helpful", "washelpful", "ishelpful");
            case RATING -> List.of("rating", "score", "stars");
            case CREATED_AT ->
                List.of(
                        "createdat",
                        "created",
                        "createddate",
                        "createdon",
                        "datecreated",
                        "insertedat",
                        "creationdate",
                        "datejoined",
                        "joinedat",
                        "registeredat");
            case UPDATED_AT ->
                List.of("updatedat", "updated", "modifieddate", "modified", "modifiedat", "lastmodified", "changedat");
        };
    }

    /** A name as these lists have it: letters and digits in lower case. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
