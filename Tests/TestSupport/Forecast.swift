// The dice, the agenda and the clinic that lives are the product's own: who imports this has them too.
@_exported public import Forecast
