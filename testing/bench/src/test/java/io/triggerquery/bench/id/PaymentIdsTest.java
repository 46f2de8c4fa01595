package io.triggerquery.bench.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentIdsTest {

    @Test
    void idsHaveSevenDigitsOrEightIfNeeded() {
        assertThat(new PaymentIds(9_999_999).text(1)).isEqualTo("payment-0000001");
        assertThat(new PaymentIds(9_999_999).text(9_999_999)).isEqualTo("payment-9999999");
        assertThat(new PaymentIds(10_000_000).text(1)).isEqualTo("payment-00000001");
        assertThat(new PaymentIds(10_000_000).text(10_000_000)).isEqualTo("payment-10000000");
    }

    @Test
    void findsTheNumberInAText() {
        assertThat(PaymentIds.number("a,payment-0000042,b", 2, 17)).isEqualTo(42);
        assertThat(PaymentIds.number("payment-10000000", 0, 16)).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payment-", "payment-x", "payment-1-", "Payment-1", "payment-1234567890"})
    void invalidIdHasNoNumber(String text) {
        assertThat(PaymentIds.number(text, 0, text.length())).isEqualTo(PaymentIds.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 300, payment-0000001",
        "9999999, 9999999, payment-9999999",
        "42, 10000000, payment-00000042",
        "10000000, 10000000, payment-10000000"
    })
    void idIsAPrefixAndANumber(int number, int largest, String id) {
        assertThat(new PaymentIds(largest).text(number)).isEqualTo(id);
        assertThat(PaymentIds.number(id)).isEqualTo(number);
        assertThat(PaymentIds.number(id.getBytes(StandardCharsets.UTF_8))).isEqualTo(number);
    }

    @Test
    void invalidIdIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PaymentIds.number("payment-1x"));
    }
}
