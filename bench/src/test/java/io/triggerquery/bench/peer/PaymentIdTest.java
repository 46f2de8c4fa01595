package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentIdTest {

    @ParameterizedTest
    @CsvSource({
        "1, 300, payment-0000001",
        "9999999, 9999999, payment-9999999",
        "42, 10000000, payment-00000042",
        "10000000, 10000000, payment-10000000"
    })
    void isAPrefixAndANumber(int number, int largest, String id) {
        assertThat(PaymentId.of(number, largest)).isEqualTo(id);
        assertThat(PaymentId.number(id)).isEqualTo(number);
        assertThat(PaymentId.number(id.getBytes(StandardCharsets.UTF_8))).isEqualTo(number);
    }
}
