package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class H2ExtraColumnsIntegrationTests extends ExtraColumnsContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Override
    String charType() {
        return "varchar(8)";
    }
}
