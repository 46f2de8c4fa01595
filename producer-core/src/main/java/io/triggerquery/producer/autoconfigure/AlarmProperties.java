package io.triggerquery.producer.autoconfigure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Settings of alarms. Alarms are always logged.
 *
 * @param webhook An http or https address to which alarms are posted as JSON; none by default.
 */
public record AlarmProperties(@Nullable String webhook) {

    URI requiredWebhook() {
        URI address = HttpAddress.of(webhook);
        if (address == null) {
            throw new FailureAnalyzedException(
                    TriggerProducerProperties.PREFIX + ".alarm.webhook is not an http or https address.",
                    "Correct the address. It is not repeated here because it may contain a secret.");
        }
        return address;
    }

    /** Returns the settings without the address, which often contains a secret. */
    @Override
    public String toString() {
        return "AlarmProperties[webhook=" + (webhook == null ? "none" : "set") + "]";
    }
}
