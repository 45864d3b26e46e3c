package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class H2WrongWriterIntegrationTests extends WrongWriterContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
