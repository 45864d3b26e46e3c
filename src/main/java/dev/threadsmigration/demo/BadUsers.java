package dev.threadsmigration.demo;

import java.util.List;

/** Users that must be rejected, each for the one reason beside it. */
final class BadUsers {

    private BadUsers() {}

    static List<LegacyUser> compose(UserDrafts drafts) {
        LegacyUser named = drafts.next().row();
        return List.of(
                drafts.next().row().withFullName(null), // required_missing
                drafts.next()
                        .row()
                        .withFullName("Wolfeschlegelsteinhausen".repeat(10) + "bergerdorff, sen"), // too_long
                drafts.next().row().withCreated(null), // required_missing
                named.withFullName(named.fullName() + "\0")); // nul_character
    }
}
