app-name = Redress
