package io.triggerquery.consumer.internal.query;

import feign.MethodMetadata;
import feign.RequestTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The address parameter for the ids, as in {@code ?ids={ids}}.
 *
 * <p>Threads: any.
 *
 * @param method the method that has the parameter
 * @param start the text before the first id
 * @param separator the text between two ids
 */
record IdsParameter(MethodMetadata method, String start, String separator) {

    private static final String PROBE = ".";

    /**
     * Removes the parameter from the method's template, so that its argument becomes the body. Returns empty if Feign
     * has more to expand than the ids, or expands them in another way.
     */
    static Optional<IdsParameter> extractFrom(MethodMetadata method) {
        RequestTemplate template = method.template();
        List<String> variables = template.variables();
        boolean onlyVariable = variables.equals(method.indexToName().get(0))
                && List.copyOf(template.queries().values()).equals(List.of(List.of("{" + variables.get(0) + "}")))
                && method.indexToExpanderClass().isEmpty()
                && template.body() == null
                && !template.url().contains("#");
        if (!onlyVariable) {
            return Optional.empty();
        }
        String name = template.queries().keySet().iterator().next();
        String one = join(template, name, List.of(PROBE));
        String two = join(template, name, List.of(PROBE, PROBE));
        template.query(name, List.of());
        method.indexToName().clear();
        method.bodyIndex(0);
        String start = "?" + one.substring(0, one.length() - PROBE.length());
        String separator = two.substring(one.length(), two.length() - PROBE.length());
        return Optional.of(new IdsParameter(method, start, separator));
    }

    /** Joins values as Feign does in the method's collection format, which does not expose its separator. */
    private static String join(RequestTemplate template, String name, List<String> values) {
        return template.collectionFormat()
                .join(name, values, StandardCharsets.UTF_8)
                .toString();
    }

    /** Returns the parameter with these ids. */
    String with(Collection<?> ids) {
        var joined = new StringJoiner(separator, start, "");
        ids.forEach(id -> joined.add(EncodedIds.encoded(id.toString())));
        return joined.toString();
    }
}
