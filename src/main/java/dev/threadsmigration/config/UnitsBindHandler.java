package dev.threadsmigration.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Refuses a duration without a unit, which Boot would take for milliseconds. */
final class UnitsBindHandler extends AbstractBindHandler {

    private static final Pattern WITHOUT_UNIT = Pattern.compile("[+-]?\\d*[1-9]\\d*");

    @Override
    public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        if (result instanceof Duration && context.getConfigurationProperty() != null) {
            String value = String.valueOf(context.getConfigurationProperty().getValue());
            if (WITHOUT_UNIT.matcher(value).matches()) {
                throw new InvalidSettingException(
                        name.toString().substring(JobFile.PREFIX.length() + 1),
                        "needs a unit: %ss, %sm or %sh, not %s".formatted(value, value, value, value));
            }
        }
        return result;
    }
}
