package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.decoding.Decoders;
import io.triggerquery.consumer.spi.TriggerDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * How the ids of a listener's records are decoded, and which ids are permitted.
 *
 * @param owner names the listener in messages
 * @param ready the ready-made decoder, or null if a bean decodes the records
 * @param bean the name of the decoder's bean; blank with a ready-made decoder
 * @param unicodeIds whether ids may be any Unicode text
 */
public record RecordFormat(String owner, @Nullable TriggerDecoder ready, String bean, boolean unicodeIds) {

    /**
     * Creates the format of a listener. Places of ids and a decoder exclude each other, so the annotation's decoder
     * also overrides the settings' places, and the annotation's places override the settings' decoder.
     */
    static RecordFormat of(
            String listener,
            TriggerQueryListener annotation,
            Attributes attributes,
            ListenerSettings.Records settings) {
        String idFrom = attributes.text("idFrom", annotation.idFrom());
        String versionFrom = attributes.text("versionFrom", annotation.versionFrom());
        String decoder = attributes.text("decoder", annotation.decoder());
        boolean noPlaces = idFrom.isEmpty() && versionFrom.isEmpty();
        if (decoder.isEmpty() && noPlaces && !settings.decoder().isEmpty()) {
            if (!settings.hasDefaultPlaces()) {
                throw new FailureAnalyzedException(
                        "The settings of the trigger listener " + listener + " have the decoder '" + settings.decoder()
                                + "', so id-from and version-from would have no effect.",
                        "Remove one of them: a decoder returns the ids and the versions itself.");
            }
            decoder = settings.decoder();
        } else if (decoder.isEmpty()) {
            idFrom = idFrom.isEmpty() ? settings.idFrom() : idFrom;
            versionFrom = versionFrom.isEmpty() ? settings.versionFrom() : versionFrom;
        }
        boolean unicodeIds = annotation.unicodeIds() || settings.unicodeIds();
        return of("the trigger listener " + listener, idFrom, versionFrom, decoder, unicodeIds);
    }

    /**
     * Creates a format.
     *
     * @throws FailureAnalyzedException if an expression is not valid, or would have no effect
     */
    static RecordFormat of(String owner, String idFrom, String versionFrom, String bean, boolean unicodeIds) {
        if (bean.isBlank()) {
            return new RecordFormat(owner, Decoders.of(owner, idFrom, versionFrom), "", unicodeIds);
        }
        if (!idFrom.isBlank() || !versionFrom.isBlank()) {
            throw new FailureAnalyzedException(
                    "decoder of " + owner + " is '" + bean + "', so its "
                            + (idFrom.isBlank() ? "versionFrom" : "idFrom") + " would have no effect.",
                    "Remove one of them: a decoder returns the ids and the versions itself.");
        }
        return new RecordFormat(owner, null, bean.strip(), unicodeIds);
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
            return beans.getBean(bean, TriggerDecoder.class);
        } catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException missing) {
            throw new FailureAnalyzedException(
                    "decoder of " + owner + " is '" + bean + "', but there is no bean of that name and type.",
                    "Declare a bean of type " + TriggerDecoder.class.getName() + " with this name.",
                    missing);
        }
    }
}
