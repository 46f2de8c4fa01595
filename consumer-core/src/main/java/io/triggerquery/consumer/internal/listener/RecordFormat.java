package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.decoding.Decoders;
import io.triggerquery.consumer.internal.decoding.Expression;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * How the ids of a listener's records are decoded, and which ids are permitted.
 *
 * @param ready the ready-made decoder, or null if a bean decodes the records
 * @param bean the name of the decoder's bean; blank with a ready-made decoder
 * @param unicodeIds whether ids may be any Unicode text
 */
public record RecordFormat(@Nullable TriggerDecoder ready, Expression bean, boolean unicodeIds) {

    /**
     * Creates the format of a listener. Places of ids and a decoder exclude each other, so the annotation's decoder
     * also overrides the settings' places, and the annotation's places override the settings' decoder.
     */
    static RecordFormat of(
            String listener,
            TriggerQueryListener annotation,
            Attributes attributes,
            ListenerSettings.Records settings) {
        String owner = " of the trigger listener " + listener;
        var idFrom = new Expression(attributes.text("idFrom", annotation.idFrom()), "idFrom" + owner);
        var versionFrom =
                new Expression(attributes.text("versionFrom", annotation.versionFrom()), "versionFrom" + owner);
        var decoder = new Expression(attributes.text("decoder", annotation.decoder()), "decoder" + owner);
        boolean unicodeIds = annotation.unicodeIds() || settings.unicodeIds();
        boolean noPlaces = idFrom.isBlank() && versionFrom.isBlank();
        if (!decoder.isBlank()) {
            return of(idFrom, versionFrom, decoder, unicodeIds);
        }
        if (noPlaces && !settings.decoder().isBlank()) {
            return of(settings.place().orElse(idFrom), versionFrom, settings.decoder(), unicodeIds);
        }
        return of(
                idFrom.isBlank() ? settings.idFrom() : idFrom,
                versionFrom.isBlank() ? settings.versionFrom() : versionFrom,
                decoder,
                unicodeIds);
    }

    /**
     * Creates a format.
     *
     * @throws FailureAnalyzedException if an expression is not valid, or would have no effect
     */
    static RecordFormat of(Expression idFrom, Expression versionFrom, Expression bean, boolean unicodeIds) {
        if (bean.isBlank()) {
            return new RecordFormat(Decoders.of(idFrom, versionFrom), bean, unicodeIds);
        }
        Stream.of(idFrom, versionFrom)
                .filter(place -> !place.isBlank())
                .findFirst()
                .ifPresent(place -> {
                    throw new FailureAnalyzedException(
                            bean.name() + " is '" + bean.text() + "', so " + place.name() + " would have no effect.",
                            "Remove one of them: a decoder returns the ids and the versions itself.");
                });
        return new RecordFormat(null, bean, unicodeIds);
    }

    /**
     * Returns the decoder.
     *
     * @throws FailureAnalyzedException if there is no such bean
     */
    public TriggerDecoder decoder(BeanFactory beans) {
        if (ready != null) {
            return ready;
        }
        try {
            return beans.getBean(bean.text(), TriggerDecoder.class);
        } catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException missing) {
            throw new FailureAnalyzedException(
                    bean.name() + " is '" + bean.text() + "', but there is no bean of that name and type.",
                    "Declare a bean of type " + TriggerDecoder.class.getName() + " with this name.",
                    missing);
        }
    }
}
