package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.decoding.Expression;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Invalid decoding settings of a listener fail the start. */
class RecordFormatTest {

    private static RecordFormat format(String idFrom, String versionFrom, String decoder) {
        return RecordFormat.of(
                attribute("idFrom", idFrom),
                attribute("versionFrom", versionFrom),
                attribute("decoder", decoder),
                false);
    }

    private static Expression attribute(String name, String text) {
        return new Expression(text, name + " of the trigger listener Orders.project");
    }

    @Test
    void invalidExpressionIsNamedWithItsListener() {
        assertThatThrownBy(() -> format("jsno:/id", "", ""))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessage("idFrom of the trigger listener Orders.project is 'jsno:/id', which is not a"
                        + " valid place in a record.");
    }

    @Test
    void settingsWithoutEffectBesideDecoderAreNamed() {
        assertThatThrownBy(() -> format("key", "", "orders"))
                .hasMessage("decoder of the trigger listener Orders.project is 'orders', so idFrom of the trigger"
                        + " listener Orders.project would have no effect.");
        assertThatThrownBy(() -> format("", "header:v", "orders")).hasMessageContaining("so versionFrom of");
    }

    @Test
    void decoderIsABean() {
        TriggerDecoder decoder = message -> Decoded.ignored();
        var beans = new StaticListableBeanFactory(Map.of("orders", decoder, "other", "text"));
        assertThat(format("", "", "orders").decoder(beans)).isSameAs(decoder);
        for (String missing : new String[] {"order", "other"}) {
            assertThatThrownBy(() -> format("", "", missing).decoder(beans))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessage("decoder of the trigger listener Orders.project is '" + missing
                            + "', but there is no bean of that name and type.");
        }
    }

    @Test
    void expressionInSettingsIsUsed() {
        assertThat(records("value", "header:triggerquery-version").place()).isEmpty();
        assertThat(records("json:/id", "header:triggerquery-version").place()).hasValue(setting("id-from", "json:/id"));
        assertThat(records("value", "json:/v").place()).hasValue(setting("version-from", "json:/v"));
    }

    private static ListenerSettings.Records records(String idFrom, String versionFrom) {
        return new ListenerSettings.Records(
                setting("id-from", idFrom), setting("version-from", versionFrom), setting("decoder", "orders"), false);
    }

    private static Expression setting(String name, String text) {
        return new Expression(text, "triggerquery.defaults." + name);
    }
}
