package io.triggerquery.consumer.autoconfigure;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the secrets in the settings of sources from the endpoints {@code configprops} and {@code env}, which show all
 * values if {@code show-values} permits it.
 */
final class SourceSecrets implements SanitizingFunction {

    /** Matches names without their punctuation, so in the form of an environment variable too. */
    private static final Pattern SECRET =
            Pattern.compile("triggerquerysources.*(bearertoken|username|password|headers.*)");

    private static final Pattern ADDRESS = Pattern.compile("triggerquerysources.*url");

    @Override
    public SanitizableData apply(SanitizableData data) {
        String name = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (SECRET.matcher(name).matches()) {
            return data.withSanitizedValue();
        }
        if (ADDRESS.matcher(name).matches() && data.getValue() != null) {
            String url = data.getValue().toString();
            int query = url.indexOf('?');
            return query < 0 ? data : data.withValue(url.substring(0, query) + "?" + SanitizableData.SANITIZED_VALUE);
        }
        return data;
    }
}
