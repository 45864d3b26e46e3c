package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class PostgresExtraColumnsIntegrationTests extends ExtraColumnsContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }

    @Override
    String charType() {
        return "char(8)";
    }
}
