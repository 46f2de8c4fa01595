package io.triggerquery.bench.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentIdsTest {

    @Test
    void hasSevenDigitsOrEightIfItMust() {
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
    void saysWhatIsNoId(String text) {
        assertThat(PaymentIds.number(text, 0, text.length())).isEqualTo(PaymentIds.NONE);
    }
}
