package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;

/** Reads a fork, or where its number stands in its place, takes it from {@link ForksApart}. */
final class ForkDeserializer extends DelegatingDeserializer {

  /** Attribute of a reader: where forks are; without it, a number is no fork. */
  static final Object APART = "apart";

  private static final long serialVersionUID = 1L;

  private ForkDeserializer(JsonDeserializer<?> whole) {
    super(whole);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> whole) {
    return new ForkDeserializer(whole);
  }

  @Override
  public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
    boolean number = json.hasToken(JsonToken.VALUE_NUMBER_INT);
    return number && context.getAttribute(APART) instanceof ForksApart apart
        ? apart.take(json.getIntValue())
        : super.deserialize(json, context);
  }

  static BeanDeserializerModifier modifier() {
    return new Modifier();
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> whole) {
      return description.getBeanClass() == ForkRecord.class ? new ForkDeserializer(whole) : whole;
    }
  }
}
