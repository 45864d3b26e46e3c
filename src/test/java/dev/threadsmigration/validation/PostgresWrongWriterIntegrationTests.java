package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class PostgresWrongWriterIntegrationTests extends WrongWriterContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }
}
