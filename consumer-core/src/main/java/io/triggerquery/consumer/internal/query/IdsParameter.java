package io.triggerquery.consumer.internal.query;

import feign.MethodMetadata;
import feign.RequestTemplate;
import feign.template.UriUtils;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The address parameter for the ids, as in {@code ?ids={ids}}, written as Feign would.
 *
 * <p>Threads: any.
 *
 * @param method the method whose address it is
 * @param start what comes before the first id
 * @param separator what comes between two of them
 */
record IdsParameter(MethodMetadata method, String start, String separator) {

    private static final String PROBE = ".";

    /**
     * Takes the parameter out of the method's template, so that its argument becomes the body; empty if Feign has more to
     * expand than the ids, or in another way.
     */
    static Optional<IdsParameter> takenOutOf(MethodMetadata method) {
        RequestTemplate template = method.template();
        List<String> variables = template.variables();
        boolean alone = variables.equals(method.indexToName().get(0))
                && List.copyOf(template.queries().values()).equals(List.of(List.of("{" + variables.get(0) + "}")))
                && method.indexToExpanderClass().isEmpty()
                && template.body() == null
                && !template.url().contains("#");
        if (!alone) {
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

    /** How Feign joins values in the method's format, which does not tell by itself. */
    private static String join(RequestTemplate template, String name, List<String> values) {
        return template.collectionFormat()
                .join(name, values, StandardCharsets.UTF_8)
                .toString();
    }

    /** The parameter with these ids. */
    String with(Collection<?> ids) {
        var joined = new StringJoiner(separator, start, "");
        ids.forEach(id -> joined.add(escaped((String) id)));
        return joined.toString();
    }

    private static String escaped(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!isUnreserved(id.charAt(i))) {
                return UriUtils.encode(id);
            }
        }
        return id;
    }

    /** As RFC 3986 has it: such a character stands for itself everywhere in an address. */
    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || "-._~".indexOf(c) >= 0;
    }
}
