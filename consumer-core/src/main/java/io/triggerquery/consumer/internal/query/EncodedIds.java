package io.triggerquery.consumer.internal.query;

import feign.Contract;
import feign.MethodMetadata;
import feign.Param;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeanUtils;

/**
 * Encodes ids in addresses so that each is one path segment or one query value, whatever it contains. Feign alone
 * leaves {@code /} in paths and whatever looks encoded, such as {@code %2e%2e}, as it is.
 *
 * <p>A parameter that is also part of a header or of the body is left to Feign.
 *
 * @param contract reads the interface
 */
record EncodedIds(Contract contract) implements Contract {

    /** Reads Feign's own annotations. The name is deprecated in newer versions, but the only one in older versions. */
    @SuppressWarnings("deprecation")
    static Contract feignContract() {
        return new Contract.Default();
    }

    @Override
    public List<MethodMetadata> parseAndValidateMetadata(Class<?> type) {
        List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
        methods.forEach(EncodedIds::encode);
        return methods;
    }

    private static void encode(MethodMetadata method) {
        if (method.template().bodyTemplate() != null) {
            return;
        }
        Map<Integer, Param.Expander> expanders = new HashMap<>();
        method.indexToExpanderClass()
                .forEach((index, expander) -> expanders.put(index, BeanUtils.instantiateClass(expander)));
        if (method.indexToExpander() != null) { // by Spring's contract
            expanders.putAll(method.indexToExpander());
        }
        method.indexToName().forEach((index, names) -> {
            if (names.stream().noneMatch(name -> isInHeader(method, name))) {
                Param.Expander declared = expanders.getOrDefault(index, String::valueOf);
                expanders.put(index, value -> encoded(declared.expand(value)));
            }
        });
        method.indexToExpander(expanders);
        method.template().decodeSlash(false);
    }

    private static boolean isInHeader(MethodMetadata method, String name) {
        return method.template().headers().values().stream()
                .flatMap(values -> values.stream())
                .anyMatch(value -> value.contains("{" + name + "}"));
    }

    /** Returns the text with every character encoded that RFC 3986 does not call unreserved. */
    static String encoded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isUnreserved(text.charAt(i))) {
                return URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
            }
        }
        return text;
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || "-._~".indexOf(c) >= 0;
    }
}
