package io.triggerquery.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.databases.ServerAddress.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @Test
    void theAddressOfAServerIsRead() {
        ServerAddress server = ServerAddress.parse("jdbc:mysql://127.0.0.1:3306/?user=root&password=secret");
        assertThat(server).isEqualTo(new ServerAddress("127.0.0.1", 3306, "user=root&password=secret"));
        assertThat(server.url(Driver.MYSQL, "d")).isEqualTo("jdbc:mysql://127.0.0.1:3306/d?user=root&password=secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "mysql://127.0.0.1/?user=root", "mysql://127.0.0.1:3306"})
    void anAddressWithoutPortOrUserIsRefused(String url) {
        assertThatThrownBy(() -> ServerAddress.parse(url)).hasMessageContaining(ServerAddress.MYSQL_VARIABLE);
    }
}
